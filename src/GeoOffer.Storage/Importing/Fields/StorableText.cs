namespace GeoOffer.Storage.Importing.Fields;

/// <summary>Text that PostgreSQL can keep and every output can write.</summary>
internal static class StorableText
{
    /// <summary>What is wrong with a text; null when it can be stored.</summary>
    public static FieldProblem? Fault(string text, int maxLength)
    {
        if (text.Length > maxLength)
        {
            return new FieldProblem(RejectionCode.OutOfBounds, $"the text has {text.Length} characters, at most {maxLength} are kept");
        }

        return text.Any(IsForbidden)
            ? new FieldProblem(RejectionCode.DamagedText, "the text holds NUL or another control character", "remove it")
            : null;
    }

    private static bool IsForbidden(char letter) =>
        letter is '\uFFFE' or '\uFFFF' || (char.IsControl(letter) && letter is not ('\t' or '\r' or '\n'));
}
