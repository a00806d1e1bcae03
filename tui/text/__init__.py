"""Pure text geometry: offsets, rows, cells, objects, selection, style runs."""
