"""Plan to sections: what each part of a plan says, before any form."""
