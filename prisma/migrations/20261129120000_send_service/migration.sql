-- People may act for the local authority's SEND team, which is invited to reviews of students with an EHCP (A12).
ALTER TABLE grants DROP CONSTRAINT grants_party_check;
ALTER TABLE grants ADD CHECK (party ~ '^(cap|audit|ops|send|(school|provider|panel|member):[A-Za-z0-9._-]+)$');
