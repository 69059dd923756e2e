using System.Text;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>Finds the end of records and cuts them into cells (RFC 4180); both see quotes in the same way.</summary>
internal sealed class CsvRecord(byte separator)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private int _searched;
    private State _state;

    private enum State
    {
        CellStart,
        Bare,
        Quoted,
        QuoteInQuoted,
    }

    /// <summary>Whether the search stands inside a quoted cell.</summary>
    public bool IsInQuotes => _state == State.Quoted;

    /// <summary>The length of the record at the start of the bytes, without its line break; null when it does not end in them.</summary>
    public int? FindEnd(ReadOnlySpan<byte> unread)
    {
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

    /// <summary>The cells of a record.</summary>
    /// <param name="record">The bytes of the record, without its line break.</param>
    /// <param name="faulty">Whether text follows a closing quote.</param>
    public List<SourceValue> Cells(ReadOnlySpan<byte> record, out bool faulty)
    {
        var cells = new List<SourceValue>();
        var (start, state) = (0, State.CellStart);
        faulty = false;
        for (var i = 0; i < record.Length; i++)
        {
            var next = Next(record[i], state);
            faulty |= state == State.QuoteInQuoted && next == State.Bare;
            if (next == State.CellStart)
            {
                cells.Add(Cell(record[start..i]));
                start = i + 1;
            }

            state = next;
        }

        cells.Add(Cell(record[start..]));
        return cells;
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

        if (text.Length > 0 && text[0] == '"')
        {
            text = text[1..(text.Length > 1 && text[^1] == '"' ? ^1 : ^0)].Replace("\"\"", "\"", StringComparison.Ordinal);
        }

        return SourceValue.OfText(text);
    }

    private State Next(byte letter, State state) => state switch
    {
        State.Quoted => letter == '"' ? State.QuoteInQuoted : State.Quoted,
        State.QuoteInQuoted when letter == '"' => State.Quoted,
        State.CellStart when letter == '"' => State.Quoted,
        _ => letter == separator ? State.CellStart : State.Bare,
    };
}
