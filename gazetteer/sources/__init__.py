"""Where places come from: pinned packages, curated tables, a GeoNames dump. Each yields rows and their spellings."""
