using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace GeoOffer.OData.Reading;

/// <summary>
/// Names in any case, and numbers of any types side by side: the library refuses decimal numbers against floating-point ones (OData 4.01
/// Part 2, 5.1.1.9: numeric promotion).
/// </summary>
internal sealed class HouseUriResolver : ODataUriResolver
{
    public HouseUriResolver() => EnableCaseInsensitive = true;

    public override void PromoteBinaryOperandTypes(
        BinaryOperatorKind binaryOperatorKind, ref SingleValueNode leftNode, ref SingleValueNode rightNode, out IEdmTypeReference typeReference)
    {
        if (!IsNumeric(leftNode.TypeReference) || !IsNumeric(rightNode.TypeReference))
        {
            base.PromoteBinaryOperandTypes(binaryOperatorKind, ref leftNode, ref rightNode, out typeReference);
            return;
        }

        var isWhole = leftNode.TypeReference.IsIntegral() && rightNode.TypeReference.IsIntegral();
        var common = EdmCoreModel.Instance.GetPrimitive(isWhole ? EdmPrimitiveTypeKind.Int64 : EdmPrimitiveTypeKind.Double, isNullable: true);
        leftNode = Promote(leftNode, common);
        rightNode = Promote(rightNode, common);

        // The operator decides.
        typeReference = null!;
    }

    private static SingleValueNode Promote(SingleValueNode node, IEdmPrimitiveTypeReference type) =>
        node.TypeReference.PrimitiveKind() == type.PrimitiveKind() ? node : new ConvertNode(node, type);

    private static bool IsNumeric(IEdmTypeReference? type) =>
        type is not null && (type.IsIntegral() || type.IsDecimal() || type.IsDouble() || type.IsSingle());
}
