"""The suite `hostile`: a model server that lies, obeys documents, stalls and breaks."""
