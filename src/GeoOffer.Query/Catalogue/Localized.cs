namespace GeoOffer.Query.Catalogue;

/// <summary>The languages everything public is written in.</summary>
public enum Language
{
    /// <summary>Italian.</summary>
    It,

    /// <summary>English.</summary>
    En,
}

/// <summary>A text in both languages.</summary>
public sealed record Localized(string It, string En)
{
    /// <summary>The text in one language.</summary>
    public string For(Language language) => language == Language.It ? It : En;
}
