"""A step's map as a file: SVG for newsletters, PNG for previews."""
