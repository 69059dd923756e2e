namespace GeoOffer.Server.Editing;

/// <summary>What is to be done with a feature that an editor sends.</summary>
internal enum EditKind
{
    /// <summary>It is a new one (POST).</summary>
    Create,

    /// <summary>It takes the place of one (PUT).</summary>
    Replace,

    /// <summary>Some of its properties change (PATCH).</summary>
    Update,
}
