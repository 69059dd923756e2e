using Npgsql;

namespace GeoOffer.Storage.Editing;

/// <summary>What a constraint of the database says of an edit, in the words of an editor.</summary>
internal static class EditFailure
{
    /// <summary>The outcome; null where the failure is no fault of the edit.</summary>
    public static EditOutcome? Read(PostgresException failure, EditRequest request) => failure.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation when failure.ConstraintName?.EndsWith("sigla_key", StringComparison.Ordinal) == true =>
            Refused("sigla", "two letters that no other province has", "those of another"),
        PostgresErrorCodes.UniqueViolation => new EditOutcome.Taken(request.Id),
        PostgresErrorCodes.ForeignKeyViolation when failure.ConstraintName == "pilot_area_pole_code_fkey" && request.Collection.Id == "pilot-areas" =>
            Refused("pole_code", "the code of a pole that is registered", "another"),
        PostgresErrorCodes.ForeignKeyViolation => new EditOutcome.Referred(failure.TableName ?? "another register"),
        PostgresErrorCodes.CheckViolation => Refused("", "what the register can hold", failure.ConstraintName ?? "something else"),
        _ => null,
    };

    private static EditOutcome.Refused Refused(string property, string expected, string got) => new([new EditFault(property, "", expected, got)]);
}
