using System.Text;
using GeoOffer.Server.Problems;

namespace GeoOffer.Server.Http;

/// <summary>
/// The parameters of a query, decoded strictly: what is not percent-encoded UTF-8 (RFC 3986, 2.1) is a fault, and so is NUL, which
/// PostgreSQL cannot store. The framework's own reader replaces or keeps such text in silence.
/// </summary>
/// <param name="Parameters">Decoded names and values in their order; a repeated parameter is several pairs.</param>
/// <param name="Faults">What could not be decoded.</param>
internal sealed record RequestQuery(IReadOnlyList<KeyValuePair<string, string>> Parameters, IReadOnlyList<RequestFault> Faults)
{
    private const int MostParameters = 1000;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the query of a request.</summary>
    public static RequestQuery Read(HttpRequest request)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        var faults = new List<RequestFault>();
        foreach (var part in (request.QueryString.Value ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (parameters.Count + faults.Count == MostParameters)
            {
                faults.Add(RequestFault.InParameter("", $"at most {MostParameters} parameters", "more"));
                break;
            }

            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var (rawName, rawValue) = equals < 0 ? (part, "") : (part[..equals], part[(equals + 1)..]);
            var (name, value) = (Decode(rawName), Decode(rawValue));
            if (name is null || value is null)
            {
                var got = name is null ? rawName : rawValue;
                faults.Add(RequestFault.InParameter(name ?? rawName, "percent-encoded UTF-8 without the character NUL", got));
            }
            else
            {
                parameters.Add(new(name, value));
            }
        }

        return new RequestQuery(parameters, faults);
    }

    /// <summary>The parameters as a query with its question mark, encoded anew; empty when there are none.</summary>
    public static string ToText(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var text = string.Join('&', parameters.Select(parameter => $"{Encode(parameter.Key)}={Encode(parameter.Value)}"));
        return text.Length == 0 ? "" : "?" + text;

        // These two are plain in a query (RFC 3986, 3.4), and people read links.
        static string Encode(string part) =>
            Uri.EscapeDataString(part).Replace("%3A", ":", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal);
    }

    /// <summary>The only value of a parameter; null when it is absent. Repeating it is a fault.</summary>
    public string? Single(string name, ICollection<RequestFault> faults)
    {
        var values = Parameters.Where(parameter => parameter.Key == name).Select(parameter => parameter.Value).ToList();
        if (values.Count > 1)
        {
            faults.Add(RequestFault.InParameter(name, "the parameter once", $"{values.Count} times"));
        }

        return values.Count == 1 ? values[0] : null;
    }

    /// <summary>The first value of a parameter; null when it is absent.</summary>
    public string? First(string name) => Parameters.FirstOrDefault(parameter => parameter.Key == name).Value;

    private static string? Decode(string raw)
    {
        var bytes = new List<byte>(raw.Length);
        for (var index = 0; index < raw.Length; index++)
        {
            switch (raw[index])
            {
                case '+':
                    bytes.Add((byte)' ');
                    break;
                case '%' when index + 2 < raw.Length && char.IsAsciiHexDigit(raw[index + 1]) && char.IsAsciiHexDigit(raw[index + 2]):
                    bytes.Add(Convert.ToByte(raw.Substring(index + 1, 2), 16));
                    index += 2;
                    break;
                case '%' or > '\u007f':
                    return null;
                case var plain:
                    bytes.Add((byte)plain);
                    break;
            }
        }

        try
        {
            var text = Utf8.GetString([.. bytes]);
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
