using GeoOffer.Storage.Importing;
using Npgsql;

namespace GeoOffer.Storage.Editing;

/// <summary>
/// Writes single features of every collection: the registers and imported layers alike, by the rules of imports, each edit in one change set.
/// Whoever may edit is for the caller to know.
/// </summary>
public sealed class FeatureEditor(GeoOfferDatabase database)
{
    private const int MostAttempts = 3;

    /// <summary>Adds a feature.</summary>
    /// <param name="request">What, where and by whom; its id is not looked at.</param>
    /// <param name="draft">The feature. Its id is the key among its properties; without one it gets a new one where any text can be one.</param>
    /// <param name="cancellationToken">Up to the commit.</param>
    public Task<EditOutcome> CreateAsync(EditRequest request, FeatureDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return RunAsync(request, session => session.CreateAsync(draft), cancellationToken);
    }

    /// <summary>Puts another feature in the place of one. What its editor cannot see or set stays.</summary>
    /// <param name="request">What, where and by whom.</param>
    /// <param name="draft">The feature; properties that it does not name get what a feature has without them.</param>
    /// <param name="cancellationToken">Up to the commit.</param>
    public Task<EditOutcome> ReplaceAsync(EditRequest request, FeatureDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return RunAsync(request, session => session.ChangeAsync(stored => session.Review.Replace(draft, stored)), cancellationToken);
    }

    /// <summary>Changes some properties of a feature.</summary>
    /// <param name="request">What, where and by whom.</param>
    /// <param name="draft">The properties; null is what a feature has without them.</param>
    /// <param name="cancellationToken">Up to the commit.</param>
    public Task<EditOutcome> UpdateAsync(EditRequest request, FeatureDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return RunAsync(request, session => session.ChangeAsync(stored => session.Review.Update(draft, stored)), cancellationToken);
    }

    /// <summary>Takes a feature away. What it was stays in the history of its register.</summary>
    /// <param name="request">What, where and by whom.</param>
    /// <param name="cancellationToken">Up to the commit.</param>
    public Task<EditOutcome> DeleteAsync(EditRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return RunAsync(request, session => session.DeleteAsync(), cancellationToken);
    }

    private async Task<EditOutcome> RunAsync(EditRequest request, Func<EditSession, Task<EditOutcome>> edit, CancellationToken cancellationToken)
    {
        var context = await ContextReader.ReadAsync(database.Source, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AttemptAsync(request, context, edit, cancellationToken);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DeadlockDetected && attempt < MostAttempts)
            {
                continue;
            }
            catch (PostgresException exception) when (EditFailure.Read(exception, request) is { } outcome)
            {
                return outcome;
            }
        }
    }

    private async Task<EditOutcome> AttemptAsync(
        EditRequest request, ImportContext context, Func<EditSession, Task<EditOutcome>> edit, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = connection.EditCommand("SELECT geooffer.begin_change_set($1, $2)", request.Author, request.Channel);
        var changeSetId = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        if (await EditTarget.FindAsync(connection, request.Collection, cancellationToken) is not { } target)
        {
            return new EditOutcome.Missing();
        }

        if (target.Layer is { } layer && layer.Relation != request.Collection.Relation.Name)
        {
            return new EditOutcome.Replaced();
        }

        var session = new EditSession(connection, target, request, context, changeSetId, cancellationToken);
        var outcome = await edit(session);
        if (session.HasWritten)
        {
            // From here on nobody can tell the client that nothing happened.
            await transaction.CommitAsync(CancellationToken.None);
        }

        return outcome;
    }
}
