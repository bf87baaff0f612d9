"""Conversations: is a follow-up understood in the light of the turns before it?"""
