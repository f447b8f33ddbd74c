-- Who asks, and when (`cap.now`, which the policy of viewers compares with): set for one transaction by records/database.ts; nobody when that was forgotten. Policies ask these.

CREATE OR REPLACE FUNCTION me() RETURNS text LANGUAGE sql STABLE
  RETURN nullif(current_setting('cap.person', true), '');

CREATE OR REPLACE FUNCTION my_parties() RETURNS text[] LANGUAGE sql STABLE
  RETURN string_to_array(nullif(current_setting('cap.parties', true), ''), chr(31));
