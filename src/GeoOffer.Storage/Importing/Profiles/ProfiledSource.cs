using System.Globalization;
using System.Runtime.CompilerServices;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Importing.Profiles;

/// <summary>A file of a register, seen through its profile.</summary>
internal sealed class ProfiledSource(Source file, ProfiledRows rows) : Source(file.Description)
{
    /// <inheritdoc />
    public override double? ShareRead => file.ShareRead;

    /// <summary>Opens the file of a request, seen through the profile of the request if it has one.</summary>
    /// <exception cref="UnreadableFileException">It cannot be opened, or is of no format that can be imported.</exception>
    public static async Task<Source> OpenAsync(ImportRequest request, ImportCollection collection, CancellationToken cancellationToken)
    {
        var rows = request.Profile is { } profile ? new ProfiledRows(profile, collection, request) : null;
        var file = await OpenAsync(request.File, request.Reading, cancellationToken);
        return rows is null ? file : new ProfiledSource(file, rows);
    }

    /// <summary>What a request asks for, with what its profile says where it says nothing itself.</summary>
    /// <exception cref="ImportRequestException">The profile is for another collection, or has no such parameter.</exception>
    public static ImportRequest Complete(ImportRequest request)
    {
        if (request.Profile is not { } profile)
        {
            return request.ProfileValues.Count == 0
                ? request
                : throw new ImportRequestException("parameter", "parameters are those of a profile, and the request names none");
        }

        if (profile.Collection != request.Collection)
        {
            throw new ImportRequestException(
                "profile", $"the profile {profile.Name} is for {profile.Collection}, not for {request.Collection}");
        }

        if (request.ProfileValues.Keys.FirstOrDefault(name => !profile.Parameters.ContainsKey(name)) is { } unknown)
        {
            throw new ImportRequestException("parameter", profile.Parameters.Count == 0
                ? $"the profile {profile.Name} has no parameters"
                : $"the profile {profile.Name} has no parameter '{unknown}'; it has {string.Join(", ", profile.Parameters.Keys)}");
        }

        var collection = ImportCollections.Get(request.Collection);
        var values = profile.FixedValues.ToDictionary();
        foreach (var (name, value) in request.FixedValues)
        {
            values[collection.Find(name)?.Column ?? name] = value;
        }

        return request with
        {
            Source = request.Source ?? profile.Source,
            Licence = request.Licence ?? profile.Licence,
            FixedValues = values,
        };
    }

    /// <inheritdoc />
    public override async IAsyncEnumerable<SourceRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (taken, leftOut) = (0L, 0L);
        await foreach (var row in file.ReadAsync(cancellationToken))
        {
            if (taken + leftOut == 0 && row.Columns is { } columns)
            {
                rows.CheckHeader(columns);
            }

            if (rows.Read(row) is { } read)
            {
                taken++;
                Description = file.Description;
                yield return read;
            }
            else
            {
                leftOut++;
            }
        }

        Description = file.Description;
        if (leftOut == 0)
        {
            yield break;
        }

        if (taken == 0)
        {
            throw new UnreadableFileException(new FileFault(
                FileFaultCode.Empty,
                $"there is no row for which {rows.Conditions}",
                "state another value with --parameter, or check the file"));
        }

        Description = Description with
        {
            Notices =
            [
                .. Description.Notices,
                string.Create(CultureInfo.InvariantCulture, $"only rows are taken for which {rows.Conditions}; left out: {leftOut:N0}"),
            ],
        };
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        await base.DisposeAsync();
    }
}
