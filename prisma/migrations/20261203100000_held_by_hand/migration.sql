-- What is deleted by hand asks whether a legal hold stands, for people who see no hold themselves: `is_held` answers in the owner's name.
CREATE POLICY owner_reads ON legal_holds FOR SELECT TO cap_owner USING (true);
