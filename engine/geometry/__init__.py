"""Lines, contours and maps: what is drawn and dragged, computed without a picture."""
