using GeoOffer.Query.Catalogue;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.V1;

namespace GeoOffer.OData.Model;

/// <summary>Says in the model what things are: in English, in Italian under the qualifier <c>it</c>, with the units of measures.</summary>
internal sealed class ModelAnnotations(EdmModel model)
{
    private const string Italian = "it";

    private static readonly EdmTerm Unit = new("Org.OData.Measures.V1", "Unit", EdmCoreModel.Instance.GetString(isNullable: false));

    private static readonly Localized OfGeometry = new(
        "Dove si trova, in WGS 84; le distanze di geo.distance e geo.length sono in metri sull'ellissoide.",
        "Where it lies, in WGS 84; geo.distance and geo.length measure in metres on the ellipsoid.");

    public void Describe(IEdmVocabularyAnnotatable target, Localized text)
    {
        Add(target, CoreVocabularyModel.DescriptionTerm, null, text.En);
        Add(target, CoreVocabularyModel.DescriptionTerm, Italian, text.It);
    }

    public void DescribeGeometry(IEdmVocabularyAnnotatable target) => Describe(target, OfGeometry);

    public void Measure(IEdmVocabularyAnnotatable target, string unit) => Add(target, Unit, null, unit);

    private void Add(IEdmVocabularyAnnotatable target, IEdmTerm term, string? qualifier, string text)
    {
        var annotation = new EdmVocabularyAnnotation(target, term, qualifier, new EdmStringConstant(text));
        annotation.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
        model.AddVocabularyAnnotation(annotation);
    }
}
