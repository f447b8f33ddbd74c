-- What comes of a complaint is read by its readers alone as well (R121): that its clock ran out, and that an e-mail of it reached nobody. The owner of the
-- tables sees no case but here, and nothing that is chained changes.
ALTER TABLE timeline NO FORCE ROW LEVEL SECURITY;
ALTER TABLE cases NO FORCE ROW LEVEL SECURITY;
ALTER TABLE timeline DISABLE TRIGGER never_changed;
UPDATE timeline SET readers = ARRAY['school:' || cases.school, 'cap', 'audit']
  FROM cases WHERE cases.reference = timeline.reference AND (
    timeline.kind IN ('reminded', 'escalated')
      AND (event->>'what' = 'complaint' OR split_part(event->>'subject', '.', 3) IN ('complaint-made', 'complaint-answered'))
    OR timeline.kind IN ('emailUndelivered', 'emailSettled') AND split_part(event->>'email', '.', 3) IN ('complaint-made', 'complaint-answered'));
ALTER TABLE timeline ENABLE TRIGGER never_changed;
ALTER TABLE cases FORCE ROW LEVEL SECURITY;
ALTER TABLE timeline FORCE ROW LEVEL SECURITY;
