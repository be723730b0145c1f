"""Makes a PDF of numbered A4 pages from HTML; no heading stands alone at the foot of a page."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from engine.version import PROGRAM
from gui.style.typography import text_families

_MARGIN = 0.7
"""The margin of a page in inches."""
_POINTS, _POINTS_AN_INCH = 10.5, 72


def pdf_of(page: str, language: str) -> bytes:
    """The content of a PDF file made from an HTML page; needs a Qt application."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator(PROGRAM)
    sheet = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(sheet, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    # Laid out in logical pixels, in which the page's CSS gives its lengths.
    dots = QImage(1, 1, QImage.Format.Format_RGB32).logicalDpiX()
    margin = _MARGIN * dots
    paper = sheet.size(QPageSize.Unit.Inch) * dots
    area = QSizeF(paper.width() - 2 * margin, paper.height() - 2 * margin)
    document = _document(page, language, area)
    _keep_headings(document)
    writer.setTitle(document.metaInformation(QTextDocument.MetaInformation.DocumentTitle))
    with QPainter(writer) as painter:
        painter.scale(writer.resolution() / dots, writer.resolution() / dots)
        for number in range(document.pageCount()):
            if number:
                writer.newPage()
            painter.save()
            painter.translate(margin, margin - number * area.height())
            _draw(document, painter, QRectF(0, number * area.height(), area.width(), area.height()))
            painter.restore()
            foot = QRectF(margin, paper.height() - margin, area.width(), margin / 2)
            number_font = document.defaultFont()
            number_font.setPixelSize(round(_POINTS * dots / _POINTS_AN_INCH))
            painter.setFont(number_font)
            painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number + 1))
    return bytes(buffer.data().data())


def _document(page: str, language: str, area: QSizeF) -> QTextDocument:
    document = QTextDocument()
    made = QFont()
    made.setFamilies(list(text_families(language)))
    made.setPointSizeF(_POINTS)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    document.setDefaultFont(made)
    document.setUseDesignMetrics(True)
    document.setDocumentMargin(0)
    document.setHtml(page)
    document.setPageSize(area)
    return document


def _keep_headings(document: QTextDocument) -> None:
    """Insert page breaks before headings whose text would begin on the next page."""
    block = document.begin()
    while block.isValid():
        first, last = block, block
        while last.isValid() and last.blockFormat().headingLevel():
            last = last.next()
        if last != first and last.isValid() and _sheet(document, last) > _sheet(document, first):
            style = first.blockFormat()
            style.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(first).setBlockFormat(style)
        block = last.next() if last != first else block.next()
    # Qt lays out moved text only as far as it is asked for, and drawing does not ask.
    document.markContentsDirty(0, document.characterCount())
    document.size()


def _sheet(document: QTextDocument, block: QTextBlock) -> int:
    """The index of the page on which a paragraph begins; for a paragraph of several lines, its second line decides."""
    box = document.documentLayout().blockBoundingRect(block)
    lines = block.layout().lineCount()
    place = box.top()
    if lines:
        line = block.layout().lineAt(min(1, lines - 1))
        place += line.y() + line.height() / 2
    return int(place / document.pageSize().height())


def _draw(document: QTextDocument, painter: QPainter, part: QRectF) -> None:
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = part
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor("#000000"))
    context.palette = palette
    painter.setClipRect(part)
    document.documentLayout().draw(painter, context)
