-- Few rows are ever there, and only the sweep asks for the old ones: an index cost each command more than it saved.
DROP INDEX "received_commands_received_idx";
