"""Is a figure the same in another notation, and another one in the same? (suite `figures`)"""
