"""Sound: loudspeakers, speech synthesis and the arithmetic of WAV files."""
