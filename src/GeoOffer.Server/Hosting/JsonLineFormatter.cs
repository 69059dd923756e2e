using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace GeoOffer.Server.Hosting;

/// <summary>Writes a log event as one line of JSON: time, level, message, its template, trace and span, exception, properties.</summary>
internal sealed class JsonLineFormatter : ITextFormatter
{
    private readonly JsonValueFormatter _values = new(typeTagName: null);

    // Without the quotes around texts that the template itself renders.
    private readonly MessageTemplateTextFormatter _message = new("{Message:lj}", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        output.Write("{\"time\":\"");
        output.Write(logEvent.Timestamp.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        output.Write("\",\"level\":\"");
        output.Write(logEvent.Level);
        output.Write("\",\"message\":");
        JsonValueFormatter.WriteQuotedJsonString(Render(logEvent), output);
        output.Write(",\"template\":");
        JsonValueFormatter.WriteQuotedJsonString(logEvent.MessageTemplate.Text, output);
        if (logEvent.TraceId is { } trace)
        {
            output.Write($",\"trace_id\":\"{trace.ToHexString()}\"");
        }

        if (logEvent.SpanId is { } span)
        {
            output.Write($",\"span_id\":\"{span.ToHexString()}\"");
        }

        if (logEvent.Exception is { } exception)
        {
            output.Write(",\"exception\":");
            JsonValueFormatter.WriteQuotedJsonString(exception.ToString(), output);
        }

        output.Write(",\"properties\":{");
        var separator = "";
        foreach (var (name, value) in logEvent.Properties)
        {
            output.Write(separator);
            separator = ",";
            JsonValueFormatter.WriteQuotedJsonString(name, output);
            output.Write(':');
            _values.Format(value, output);
        }

        output.WriteLine("}}");
    }

    private string Render(LogEvent logEvent)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        _message.Format(logEvent, text);
        return text.ToString();
    }
}
