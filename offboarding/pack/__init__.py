"""The evidence pack: one ZIP about one exit that proves itself to whoever has neither this product nor its database."""
