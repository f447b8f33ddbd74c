-- A school may delete what it never submitted.
CREATE POLICY school_deletes ON drafts FOR DELETE TO cap_api
  USING ('school:' || school = ANY ((SELECT my_parties())::text[]) AND NOT submitted);
GRANT DELETE ON drafts TO cap_api;
