"""Documents as offices keep them: DOCX, ODT, RTF, PDF, EPUB, and the tables of XLSX."""
