"""Who may eat what, in the order of the data.

line_evidence     one ingredient read for what may harm; labels: what labels say of the lines; claims: what names say
allergens         what guests avoid
cell              one dish and one thing to avoid: contains, may contain, unknown, none found or free
lookalikes        what the words of a name say it holds, and what they do not
cross_contact     what dishes bring into each other by shared equipment
at_machine        which lines of a dish touch what it shares
careful_first     which dish comes first on what they share
step_words        what the work brings in that no line lists; step_foods: foods that only a step names, step_nouns: by
                  words that are verbs elsewhere
diets             compatible, conflict or cannot tell
matrix            all cells, by dish
profiles          kinds of guests and what each may eat; combined_needs: needs that may be the same people's
"""
