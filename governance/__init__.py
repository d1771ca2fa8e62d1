"""Rules that stand over every scenario: AI-content labels; later masking, routing, roles."""
