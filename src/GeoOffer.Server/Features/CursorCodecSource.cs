using GeoOffer.Query.Paging;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Server.Features;

/// <summary>Seals and opens cursors with the secret of the database, which is read once.</summary>
internal sealed class CursorCodecSource(FeatureReader reader)
{
    private CursorCodec? _codec;

    public async ValueTask<CursorCodec> GetAsync(CancellationToken cancellationToken) =>
        _codec ??= new CursorCodec(await reader.CursorSecretAsync(cancellationToken));
}
