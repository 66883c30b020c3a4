"""What a person could pick instead of Attest, each written as its own documentation shows and as fast as it allows."""
