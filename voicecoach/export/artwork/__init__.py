"""Cover pictures: drawn from a timeline, or the person's own made fit."""
