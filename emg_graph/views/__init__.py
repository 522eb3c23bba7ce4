"""How answers look: tables and text, the static picture, the matrix, the brief."""
