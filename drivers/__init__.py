"""Device drivers behind small protocols: pure codecs and parsers, thin shells over transports."""
