-- An instant as the rest of the project writes it, 2024-12-19T10:00:00.000Z.

CREATE OR REPLACE FUNCTION instant(at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
