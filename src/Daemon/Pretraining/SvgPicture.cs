using System.Security;
using System.Text;

namespace Streaming.Daemon.Pretraining;

/// <summary>Writes SVG, element by element; coordinates are pixels from the top left.</summary>
internal sealed class SvgPicture
{
    private readonly StringBuilder svg = new();

    /// <summary>Begins a picture on white ground.</summary>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="title">What readers that don't show it say instead.</param>
    public SvgPicture(int width, int height, string title)
    {
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" """
            + $"""height="{height}" font-family="sans-serif" font-size="13" fill="#111827" role="img">""");
        Add($"<title>{SecurityElement.Escape(title)}</title>");
        Add($"""<rect width="{width}" height="{height}" fill="#ffffff"/>""");
    }

    /// <summary>Writes text whose anchor (start, middle or end) lies at a point; attributes may turn it.</summary>
    public void Text(double x, double y, string anchor, string text, string attributes = "") =>
        Add($"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}" {attributes}>"""
            + $"{SecurityElement.Escape(text)}</text>");

    /// <summary>Draws a straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string colour, string attributes = "") =>
        Add($"""<line x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}" stroke="{colour}" {attributes}/>""");

    /// <summary>Draws a line through points.</summary>
    public void Polyline(IEnumerable<(double X, double Y)> points, string colour)
    {
        string path = string.Join(' ', points.Select(point => $"{point.X:0.#},{point.Y:0.#}"));
        Add($"""<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-linejoin="round"/>""");
    }

    /// <summary>Draws a ring.</summary>
    public void Ring(double x, double y, double radius, string colour) =>
        Add($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="{radius:0.#}" fill="none" stroke="{colour}" stroke-width="2"/>""");

    /// <summary>The picture, whole.</summary>
    public override string ToString() => $"{svg}</svg>\n";

    private void Add(string element) => svg.Append(element).Append('\n');
}
