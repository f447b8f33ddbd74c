-- The calendar's version rises with every change, whoever makes it: a trigger of its tables.

CREATE OR REPLACE FUNCTION calendar_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE calendar_version SET version = version + 1;
  RETURN NULL;
END $$;
