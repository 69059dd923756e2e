using System.Text;

namespace GeoOffer.Storage.Importing.Reading.Text;

/// <summary>
/// Finds the end of records and cuts them into cells (RFC 4180); both see quotes in the same way. Blanks around a quoted cell, which the
/// standard does not know, are taken for what their writers mean.
/// </summary>
internal sealed class CsvRecord(byte separator)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly List<SourceValue> _cells = [];
    private int _searched;
    private State _state;

    private enum State
    {
        CellStart,
        Bare,
        Quoted,
        QuoteInQuoted,
        AfterQuoted,
    }

    /// <summary>Whether the search stands inside a quoted cell.</summary>
    public bool IsInQuotes => _state == State.Quoted;

    /// <summary>The length of the record at the start of the bytes, without its line break; null when it does not end in them.</summary>
    public int? FindEnd(ReadOnlySpan<byte> unread)
    {
        if (_state == State.CellStart)
        {
            var first = unread[_searched..].IndexOfAny((byte)'"', (byte)'\n', (byte)'\r');
            if (first >= 0 && unread[_searched + first] != '"')
            {
                return _searched + first;
            }
        }

        for (; _searched < unread.Length; _searched++)
        {
            var letter = unread[_searched];
            if (letter is (byte)'\n' or (byte)'\r' && _state != State.Quoted)
            {
                return _searched;
            }

            _state = Next(letter, _state);
        }

        return null;
    }

    /// <summary>Begins the search of another record.</summary>
    public void Reset() => (_searched, _state) = (0, State.CellStart);

    /// <summary>The cells of a record; they hold until the next call.</summary>
    /// <param name="record">The bytes of the record, without its line break.</param>
    /// <param name="faulty">Whether text follows a closing quote.</param>
    public List<SourceValue> Cells(ReadOnlySpan<byte> record, out bool faulty)
    {
        _cells.Clear();
        faulty = false;
        for (var start = 0; start <= record.Length;)
        {
            var rest = record[start..];
            var length = rest.TrimStart((byte)' ') is [(byte)'"', ..] ? QuotedLength(rest, ref faulty) : rest.IndexOf(separator);
            length = length < 0 ? rest.Length : length;
            _cells.Add(Cell(rest[..length]));
            start += length + 1;
        }

        return _cells;
    }

    private int QuotedLength(ReadOnlySpan<byte> rest, ref bool faulty)
    {
        var state = State.CellStart;
        for (var i = 0; i < rest.Length; i++)
        {
            var next = Next(rest[i], state);
            faulty |= state is State.QuoteInQuoted or State.AfterQuoted && next == State.Bare;
            if (state != State.CellStart && next == State.CellStart)
            {
                return i;
            }

            state = next;
        }

        return -1;
    }

    private static SourceValue Cell(ReadOnlySpan<byte> cell)
    {
        string text;
        try
        {
            text = Strict.GetString(cell);
        }
        catch (DecoderFallbackException)
        {
            return new SourceValue(SourceValueKind.Damaged, Encoding.UTF8.GetString(cell), null);
        }

        var bare = text.AsSpan().Trim(' ');
        if (bare is ['"', ..])
        {
            bare = bare[1..(bare is [_, .., '"'] ? ^1 : ^0)];
            text = bare.Contains('"') ? bare.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : bare.ToString();
        }

        return SourceValue.OfText(text);
    }

    private State Next(byte letter, State state) => state switch
    {
        State.Quoted => letter == '"' ? State.QuoteInQuoted : State.Quoted,
        State.QuoteInQuoted when letter == '"' => State.Quoted,
        _ when letter == separator => State.CellStart,
        State.CellStart when letter == '"' => State.Quoted,
        State.CellStart when letter == ' ' => State.CellStart,
        State.QuoteInQuoted or State.AfterQuoted when letter == ' ' => State.AfterQuoted,
        _ => State.Bare,
    };
}
