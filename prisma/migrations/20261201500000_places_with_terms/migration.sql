-- A year whose terms CAP enters has the places of its programmes (R13): what their values say, and nothing that is there is changed.
CREATE POLICY cap_adds ON capacities FOR INSERT TO cap_api WITH CHECK ('cap' = ANY ((SELECT my_parties())::text[]));
GRANT INSERT ON capacities TO cap_api;
