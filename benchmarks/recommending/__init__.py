"""The trial of the candidates' channels, beside what is usually done."""
