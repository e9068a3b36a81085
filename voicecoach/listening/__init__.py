"""Whether a file says what a plan says, when it says it: known words found in sound by forced alignment."""
