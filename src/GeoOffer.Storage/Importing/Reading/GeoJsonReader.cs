using System.Runtime.CompilerServices;
using System.Text.Json;
using GeoOffer.Storage.Importing.Systems;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>Reads a FeatureCollection feature by feature, a single Feature, or an array of features or plain objects.</summary>
internal sealed class GeoJsonReader : SourceReader
{
    private readonly LoneFeature _lone = new();
    private JsonReaderState _state = new(new JsonReaderOptions { CommentHandling = JsonCommentHandling.Disallow });
    private Expectation _expecting = Expectation.Root;
    private string? _member;
    private string? _type;
    private bool _sawFeatures;
    private bool _isArray;

    private enum Expectation
    {
        Root,
        Member,
        MemberValue,
        Feature,
        End,
    }

    private enum StepKind
    {
        NeedsMore,
        Moved,
        Feature,
        End,
    }

    /// <inheritdoc />
    public override async IAsyncEnumerable<SourceRow> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var window = new ByteWindow(stream);
        long number = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var step = Advance(window);
            if (step.Kind == StepKind.NeedsMore)
            {
                await window.FillAsync(cancellationToken);
                continue;
            }

            if (step.Kind == StepKind.End)
            {
                break;
            }

            if (step.Kind == StepKind.Feature)
            {
                number++;
                using (var document = JsonDocument.Parse(window.Unread[step.Element]))
                {
                    if (number == 1 && _isArray && document.RootElement.ValueKind != JsonValueKind.Object)
                    {
                        throw Structure("the file is a JSON array, but not of objects", window);
                    }

                    yield return _isArray
                        ? JsonRow.ToRow(document.RootElement, number, $"/{number - 1}")
                        : GeoJsonFeature.ToRow(document.RootElement, number, $"/features/{number - 1}");
                }
            }

            window.Consume(step.Consumed);
        }

        if (_lone.Take(_type, _sawFeatures) is { } feature)
        {
            using (feature)
            {
                yield return GeoJsonFeature.ToRow(feature.RootElement, 1, "");
            }
        }
    }

    /// <summary>Reads one token, or one whole feature or member value; nothing is consumed unless all of it is in memory.</summary>
    private Step Advance(ByteWindow window)
    {
        var reader = new Utf8JsonReader(window.Unread.Span, window.IsFinal, _state);
        try
        {
            if (!reader.Read())
            {
                return _expecting == Expectation.End && window.IsFinal ? Step.End : Step.NeedsMore;
            }

            var start = (int)reader.TokenStartIndex;
            var kind = StepKind.Moved;
            switch (_expecting)
            {
                case Expectation.Root when reader.TokenType == JsonTokenType.StartObject:
                    _expecting = Expectation.Member;
                    break;
                case Expectation.Root when reader.TokenType == JsonTokenType.StartArray:
                    (_isArray, _expecting) = (true, Expectation.Feature);
                    break;
                case Expectation.Root:
                    throw Structure("the file is JSON, but no object or array", window);
                case Expectation.Member when reader.TokenType == JsonTokenType.EndObject:
                    CheckType(window);
                    _expecting = Expectation.End;
                    break;
                case Expectation.Member:
                    _member = ReadName(ref reader);
                    _expecting = Expectation.MemberValue;
                    break;
                case Expectation.MemberValue when _member == "features" && reader.TokenType == JsonTokenType.StartArray:
                    if (_sawFeatures)
                    {
                        throw Structure("the member features is there twice", window);
                    }

                    _sawFeatures = true;
                    _expecting = Expectation.Feature;
                    break;
                case Expectation.MemberValue:
                    if (!reader.TrySkip())
                    {
                        return Step.NeedsMore;
                    }

                    KeepMember(window.Unread[start..(int)reader.BytesConsumed]);
                    _expecting = Expectation.Member;
                    break;
                case Expectation.Feature when reader.TokenType == JsonTokenType.EndArray:
                    _expecting = _isArray ? Expectation.End : Expectation.Member;
                    break;
                case Expectation.Feature:
                    if (!reader.TrySkip())
                    {
                        return Step.NeedsMore;
                    }

                    kind = StepKind.Feature;
                    break;
                default:
                    throw Structure("something follows the end of the collection", window);
            }

            _state = reader.CurrentState;
            var consumed = (int)reader.BytesConsumed;
            return new Step(kind, consumed, start..consumed);
        }
        catch (JsonException exception)
        {
            throw new UnreadableFileException(JsonFault.Of(exception), exception);
        }
    }

    private static string? ReadName(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private void KeepMember(ReadOnlyMemory<byte> json)
    {
        switch (_member)
        {
            case "type":
                using (var type = JsonDocument.Parse(json))
                {
                    _type = SourceValue.OfJson(type.RootElement).Text;
                }

                break;
            case "crs":
                using (var crs = JsonDocument.Parse(json))
                {
                    DeclaredReferenceSystem = GeoJsonFeature.ReferenceSystemName(crs.RootElement) is { } name
                        ? new StatedReferenceSystem(MessageText.Shorten(name), "crs member") { Srid = ReferenceSystemName.Code(name) }
                        : null;
                }

                break;
            case "id" or "geometry" or "properties":
                _lone.Keep(_member, json);
                break;
            case "features":
                throw new UnreadableFileException(new FileFault(
                    FileFaultCode.Structure,
                    "the member features is no array",
                    "a FeatureCollection has an array of features (RFC 7946, section 3.3)"));
            default:
                break;
        }
    }

    private void CheckType(ByteWindow window)
    {
        if (_type is not "FeatureCollection" and not "Feature" || (_type == "FeatureCollection" && !_sawFeatures))
        {
            throw Structure(
                _type == "FeatureCollection"
                    ? "the FeatureCollection has no member features"
                    : $"the root is no FeatureCollection or Feature; its type is {(_type is null ? "missing" : MessageText.Shorten(_type))}",
                window);
        }
    }

    private static UnreadableFileException Structure(string reason, ByteWindow window) => new(new FileFault(
        FileFaultCode.Structure, reason, "export it as a GeoJSON FeatureCollection (RFC 7946)", window.Line));

    private readonly record struct Step(StepKind Kind, int Consumed, Range Element)
    {
        public static Step NeedsMore => new(StepKind.NeedsMore, 0, default);

        public static Step End => new(StepKind.End, 0, default);
    }
}
