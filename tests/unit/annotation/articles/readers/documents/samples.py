"""PDF and DOCX files for tests, made here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

Line = tuple[float, float, str]
"""Where a text stands on a page, in points from the lower left corner, and what it says."""


def lines(*texts: str, top: float = 700, left: float = 72) -> list[Line]:
    """Lines below each other."""
    return [(left, top - 14 * number, text) for number, text in enumerate(texts)]


def pdf(pages: Sequence[Iterable[Line]], *, picture: bool = False) -> bytes:
    """A PDF with a page for each group of lines."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont "
               "/Helvetica /Encoding /WinAnsiEncoding >>",
               "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
               "/BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream"]  # fmt: skip
    names = []
    for page in pages:
        shown = "".join(
            f"BT /F1 11 Tf 1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj ET\n" for x, y, text in page
        )
        if picture:
            shown += "/I Do\n"
        names.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R "
            f">> {'/XObject << /I 4 0 R >>' if picture else ''} >> "
            f"/Contents {len(objects) + 2} 0 R >>"
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}endstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(names)}] /Count {len(names)} >>"
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{one}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    )
    return content + end.encode()


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def encrypted(path: Path, content: bytes, password: str) -> Path:
    """The same, locked with a password."""
    import io

    import pypdf

    writer = pypdf.PdfWriter(io.BytesIO(content))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    writer.write(path)
    return path
