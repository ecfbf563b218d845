"""What sentences make bodies do: who finds the orders in a text, and the ways in which orders are given."""
