"""What a step's map draws: what it frames, its strokes and names, and the static picture of it."""
