-- Who may read the numbers is asked once a statement, and not of each of the rows that are summed.
ALTER POLICY overseers_read ON counts USING ((SELECT my_parties() && ARRAY['cap', 'panel:multi-agency', 'member:multi-agency']));
ALTER POLICY overseers_read ON attendance_counts USING ((SELECT my_parties() && ARRAY['cap', 'panel:multi-agency', 'member:multi-agency']));
