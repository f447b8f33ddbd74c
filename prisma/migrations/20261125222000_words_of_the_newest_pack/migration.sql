-- A case is found by the words of its newest pack: those of the pack that it replaces are taken out.
CREATE POLICY worker_reads ON case_words FOR SELECT TO cap_worker USING (true);
CREATE POLICY worker_takes_out ON case_words FOR DELETE TO cap_worker USING (true);
GRANT SELECT, DELETE ON case_words TO cap_worker;
