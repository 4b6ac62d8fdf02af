"""Those who answer, and what wraps every call: journal, budget, limits."""
