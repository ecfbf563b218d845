"""Who is answered and who may write, and what no request may take from others."""
